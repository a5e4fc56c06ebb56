// A tool's project, built and served. A tool: { name, install (npm packages by version), python (the same for pip), overlay (folders of
// projects/), mixed (what it generates is CommonJS with imports in it), build (commands), server (the command that serves it, in place
// of its folder `dist`) }.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../../wasm/tasks/serve.mjs';
import { makeProject, programs, runIn } from './project.mjs';
import { isolation, serve } from './serve.mjs';

/** Starts a server of the project's own; resolves once it answers. */
async function start(folder, command, closers) {
  const port = await freePort();
  const [program, ...args] = command.map((word) => word.replace('{port}', String(port)));
  const env = { ...process.env, ...programs(folder) };
  const child = spawn(program, args, { cwd: folder, env, stdio: 'ignore', detached: true });
  // With what it has started itself.
  closers.push(() => process.kill(-child.pid));
  const address = `http://127.0.0.1:${port}/`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${command.join(' ')} ended with ${child.exitCode}`);
    if ((await fetch(address).catch(() => undefined))?.ok) return address;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Resolves to where the built project is, with or without isolation. */
export async function site(tool) {
  const folder = await makeProject(tool);
  for (const command of tool.build) await runIn(folder, command);
  const closers = [];
  const what = tool.server ? await start(folder, tool.server, closers) : join(folder, 'dist');
  return {
    what,
    async address(isolated) {
      const server = await serve(what, isolated ? isolation : {});
      closers.push(server.close);
      return server.address;
    },
    async close() {
      for (const close of closers.reverse()) await close();
    },
  };
}
