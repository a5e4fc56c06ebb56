import { tell } from './explain.js';

void tell({ threads: 2, assets: 'smoothgrad/' });
