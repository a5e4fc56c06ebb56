// A lane of `smoothgrad batch` on a thread of its own: an engine of one thread, whose runs nobody watches.
import { parentPort, workerData } from 'node:worker_threads';
import { digest } from './cli/batch/digest.js';
import { serveLane } from './cli/batch/lane.js';
import type { LaneSettings } from './cli/batch/messages.js';
import { openEngine } from './client/engine_client.js';
import { nodeFiles } from './node/node_files.js';
import { nodeRuntime } from './node/node_runtime.js';
import type { EngineCalls } from './rpc/engine_calls.js';
import { connectHere } from './rpc/same_thread.js';
import { EngineService } from './worker/engine_service.js';

/** No frame is waited for. */
const runtime = { ...nodeRuntime, frameMs: 0 };

if (parentPort) {
  await serveLane(parentPort, workerData as LaneSettings, async (build) => {
    const contents: string[] = [];
    const files: typeof nodeFiles = {
      ...nodeFiles,
      async read(address, options) {
        const bytes = await nodeFiles.read(address, options);
        contents.push(digest(bytes));
        return bytes;
      },
    };
    const connect = async () => connectHere<EngineCalls>(new EngineService(runtime));
    return { engine: await openEngine({ threads: 1, ...(build === undefined ? {} : { build }) }, files, connect), contents };
  });
}
