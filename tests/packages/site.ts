// A tool's project, built and served.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeProject, pack, runIn } from './project.mjs';
import { isolation, serve } from './serve.mjs';

export interface Tool {
  name: string;
  install?: Record<string, string>;
  overlay: string[];
  build: string[][];
  /** What serves it, in place of its folder `dist`. */
  server?: string[];
  folder?: string;
}

const packed = pack();

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** Starts a server of the project's own; resolves once it answers. */
async function start(folder: string, command: string[], closers: (() => unknown)[]): Promise<string> {
  const port = await freePort();
  const [program, ...args] = command.map((word) => word.replace('{port}', String(port)));
  const env = { ...process.env, PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH}` };
  const child: ChildProcess = spawn(program as string, args, { cwd: folder, env, stdio: 'ignore', detached: true });
  // With what it has started itself.
  closers.push(() => process.kill(-(child.pid as number)));
  const address = `http://127.0.0.1:${port}/`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${command.join(' ')} ended with ${child.exitCode}`);
    if (await fetch(address).then(({ ok }) => ok, () => false)) return address;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Resolves to where the built project is, with or without isolation. */
export async function site(tool: Tool) {
  await packed;
  const folder = await makeProject(tool);
  for (const command of tool.build) await runIn(folder, command);
  const closers: (() => unknown)[] = [];
  const what = tool.server ? await start(folder, tool.server, closers) : join(folder, tool.folder ?? 'dist');
  return {
    async address(isolated: boolean) {
      const server = await serve(what, isolated ? isolation : {});
      closers.push(server.close);
      return server.address;
    },
    async close() {
      for (const close of closers.reverse()) await close();
    },
  };
}
