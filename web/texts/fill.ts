// A source's keys become texts.

type Page = Readonly<Record<string, string>>;

function textOf(page: Page, key: string): string {
  const text = page[key];
  if (text === undefined) throw new Error(`a page asks for a text “${key}” that there is not`);
  return text;
}

/** A page's source with the texts of one language; its keys stay where they are. */
export function fill(html: string, page: Page): string {
  return html
    .replaceAll(/data-text-([a-z-]+)="([^"]+)"/g, (all, name: string, key: string) => `${all} ${name}="${textOf(page, key)}"`)
    .replaceAll(/ data-text="([^"]+)"[^<>]*>/g, (all, key: string) => all + textOf(page, key));
}

/** What lies between these comments, once in each language. */
const each = /<!-- each language -->(.*?)<!-- until here -->/s;

/** For pages that can name no other file. */
export const fillBoth = (html: string, pages: Readonly<Record<string, Page>>, first: string): string =>
  fill(
    html.replace(each, (_, part: string) =>
      Object.entries(pages)
        .map(([language, page]) =>
          fill(part, page)
            .replace('<main', `<main lang="${language}"`)
            .replaceAll(/ data-text="[^"]+"/g, ''),
        )
        .join(''),
    ),
    pages[first] ?? {},
  );
