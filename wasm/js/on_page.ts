// The engine on a page's own thread: loaded where no worker may start.
import type { EngineCalls } from './rpc/engine_calls.js';
import { connectHere } from './rpc/same_thread.js';
import { EngineService } from './worker/engine_service.js';
import { pageRuntime } from './worker/page_runtime.js';

export const engineHere = (reason: string) => connectHere<EngineCalls>(new EngineService(pageRuntime(reason)));
