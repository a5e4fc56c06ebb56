// The worker of a browser: the service, with its event loop free for messages.

import type { EngineCalls } from './rpc/engine_calls.js';
import { serve } from './rpc/worker_bridge.js';
import { browserRuntime } from './worker/browser_runtime.js';
import { EngineService } from './worker/engine_service.js';

serve<EngineCalls>(new EngineService(browserRuntime), self as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>);
