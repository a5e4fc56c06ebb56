// The worker of a browser: the service, with its event loop free for messages.

import type { Service } from './rpc/engine_calls.js';
import { serve } from './rpc/worker_bridge.js';
import { browserPlatform } from './worker/browser_runtime.js';
import { WasmService } from './worker/engine_service.js';

serve<Service>(new WasmService(browserPlatform), self as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>);
