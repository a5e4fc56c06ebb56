// What is shown beside a link to a page, elsewhere (Open Graph): title and description are the page's own, the picture is one for all.
import type { Plugin } from 'vite';

const { SITE_URL } = process.env;
const base = SITE_URL === undefined ? './' : new URL(SITE_URL.replace(/\/*$/, '/')).href;
const picture = {
  file: 'og.png',
  width: '1200',
  height: '630',
  alt: 'A photo of a cat, and the pixels that speak for the answer',
};

const signs: Record<string, string> = { '&quot;': '"', '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const textOf = (html: string, pattern: RegExp) =>
  (pattern.exec(html)?.[1] ?? '').replace(/&(quot|lt|gt|amp);/g, (entity) => signs[entity] ?? entity);

/**
 * Readers of these tags want absolute addresses, which only who puts the site somewhere knows: SITE_URL says it to the build. Without it
 * the picture's is relative, which some of them take, and the page's is left out.
 */
export function preview(): Plugin {
  return {
    name: 'preview',
    transformIndexHtml(html, { path }) {
      const page = path === '/index.html' ? '' : path.slice(1);
      const tags = {
        'og:type': 'website',
        'og:site_name': 'SmoothGrad',
        'og:title': textOf(html, /<title[^>]*>(.*?)<\/title>/),
        'og:description': textOf(html, /<meta name="description"[^>]* content="(.*?)"/),
        ...(SITE_URL === undefined ? {} : { 'og:url': base + page }),
        'og:image': base + picture.file,
        'og:image:width': picture.width,
        'og:image:height': picture.height,
        'og:image:alt': picture.alt,
      };
      const named = [
        ...Object.entries(tags).map(([property, content]) => ({ property, content })),
        { name: 'twitter:card', content: 'summary_large_image' },
      ];
      // Not before the encoding, which has to be among the first bytes.
      return named.map((attrs) => ({ tag: 'meta', attrs, injectTo: 'head' }));
    },
  };
}
