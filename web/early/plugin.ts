// For Vite: nothing that a page needs waits for another without need. The first script (boot.ts) is made, which knows where the build has
// put what pages ask for first, and put into each page, whose policy names it by its digest.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import type { Plugin, Rolldown } from 'vite';

const root = join(import.meta.dirname, '../..');
const readJson = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

interface Named {
  name: string;
  file: string;
}

/** `addressOf`: where a file of the package has gone, by its name. */
function earlyFiles(addressOf: (file: string) => string) {
  const builds = ['simd', 'simd-threads', 'relaxed', 'relaxed-threads'];
  const { models } = readJson('models/manifest.json') as { models: Named[] };
  const photos = readJson('web/photos/photos.json') as { file: string }[];
  return {
    builds: Object.fromEntries(builds.map((build) => [build, addressOf(`smoothgrad-${build}.wasm`)])),
    models: Object.fromEntries(models.map(({ name, file }) => [name, addressOf(file)])),
    photos: Object.fromEntries(photos.map(({ file }) => [file.replace(/\.\w+$/, ''), `photos/${file}`])),
  };
}

async function makeBoot(bundle: Rolldown.OutputBundle): Promise<string> {
  const assets = Object.values(bundle).filter((part) => part.type === 'asset');
  const addressOf = (file: string) => {
    const asset = assets.find(({ names }) => names.includes(file));
    if (!asset) throw new Error(`the site has no ${file}`);
    return asset.fileName;
  };
  const made = await rolldown({
    input: join(import.meta.dirname, 'boot.ts'),
    platform: 'browser',
    transform: { define: { EARLY_FILES: JSON.stringify(earlyFiles(addressOf)) } },
  });
  const { output } = await made.generate({ format: 'iife', minify: true });
  return output[0].code;
}

/** In place of a request for it. */
function withScript(html: string, script: string): string {
  const digest = createHash('sha256').update(script).digest('base64');
  return html
    .replace(/<script ([^>]*)src="\.\/boot\.js"([^>]*)>/, (_, before, after) => `<script ${(before + after).trim()}>${script}`)
    .replace("script-src 'self'", `$& 'sha256-${digest}'`);
}

/**
 * Browsers look for nothing beyond a policy in the page while a script before it is on its way; so what a page is going to need stands
 * before the policy.
 */
function ahead(html: string): string {
  const linked = /\s*<link rel="modulepreload"[^>]*>/g;
  const scripts = [...html.matchAll(/<script\b[^>]* src="([^"]+)"[^>]*>/g)].map(([tag, address]) =>
    tag.includes('type="module"')
      ? `<link rel="modulepreload" crossorigin href="${address}">`
      : `<link rel="preload" as="script" href="${address}">`,
  );
  const modules = (html.match(linked) ?? []).map((link) => link.trim());
  // They stay where they are: scripts behind them would wait for them.
  const styles = [...html.matchAll(/<link rel="stylesheet"([^>]*)>/g)].map(
    ([, rest]) => `<link rel="preload" as="style"${rest}>`,
  );
  const links = [...scripts, ...modules, ...styles].join('\n');
  return html.replaceAll(linked, '').replace('<meta http-equiv="Content-Security-Policy"', `${links}\n$&`);
}

export function early(): Plugin {
  let boot: Promise<string> | undefined;
  return {
    name: 'early',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle }) {
        if (!bundle) return html;
        boot ??= makeBoot(bundle);
        return ahead(withScript(html, await boot));
      },
    },
  };
}
