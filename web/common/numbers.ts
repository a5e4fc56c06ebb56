// Numbers for people.

/** The formatter is made when it is first used: the first of a page takes the browser ten milliseconds. */
export function numberFormat(options: Intl.NumberFormatOptions): (value: number) => string {
  let made: Intl.NumberFormat | undefined;
  return (value) => {
    made ??= new Intl.NumberFormat('en', options);
    return made.format(value);
  };
}
