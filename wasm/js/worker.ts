// The worker of a browser: the service, with its event loop free for messages.
import { serve } from './bridge.js';
import { browserPlatform } from './browser_platform.js';
import { WasmService } from './service.js';

serve(new WasmService(browserPlatform), self as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>);
