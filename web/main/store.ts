// The page's state, kept and in the address.
import * as shared from '../common/store.js';
import { defaults, readers, type State } from './state.js';

export type Store = shared.Store<State>;

export const createStore = (): Store => shared.createStore(defaults, readers);
