// Places where nothing can be written, as far as this user may make them: a disk that is full, and one that is read-only.
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after } from 'node:test';

const mounted = [];
after(() => {
  for (const folder of mounted) spawnSync('umount', [folder]);
});

const mount = (folder, options) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' }).status === 0;

/** -> a name for a file there; without the right to mount, the device that is always full. */
export async function onFullDisk(folder) {
  const place = join(folder, 'full');
  await mkdir(place);
  if (!mount(place, 'size=8k')) return { at: () => '/dev/full' };
  mounted.push(place);
  return { folder: place, at: (name) => join(place, name) };
}

/** A folder in which nothing may be written, with a file in it. */
export async function readOnlyFolder(folder, name, content) {
  const place = join(folder, 'read-only');
  await mkdir(place);
  if (mount(place, 'size=64k')) mounted.push(place);
  await writeFile(join(place, name), content);
  if (mounted.includes(place)) spawnSync('mount', ['-o', 'remount,ro', place]);
  else await chmod(place, 0o555);
  return place;
}
