// The worker of a browser: the service, with its event loop free for messages.
import { serve } from './bridge.js';
import { browserPlatform } from './browser_platform.js';
import type { Service } from './protocol.js';
import { WasmService } from './service.js';

serve<Service>(new WasmService(browserPlatform), self as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>);
