// Whether figures stay: rows of numbers by name, taken again and again; the first part of them is the warm-up.

const most = 1.05;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * `flat`: names whose mean in the last quarter may be five percent above that of the second one; `same`: names that have to be as
 * they were after the warm-up. Prints a table; -> what is wrong.
 */
export function judge(rows, { flat, same }) {
  const quarter = Math.floor(rows.length / 4);
  const [before, after] = [rows.slice(quarter, 2 * quarter), rows.slice(-quarter)];
  const wrong = [];
  for (const name of [...flat, ...same]) {
    const of = (some) => some.map((row) => row[name]);
    const [early, late] = [mean(of(before)), mean(of(after))];
    const isWrong = flat.includes(name) ? late > most * early : Math.max(...of(after)) > Math.max(...of(before));
    console.log(
      `${name.padEnd(22)} ${early.toFixed(1).padStart(10)} ${late.toFixed(1).padStart(10)}  ${((late / early - 1) * 100 || 0).toFixed(1)} %`,
    );
    if (isWrong) wrong.push(name);
  }
  return wrong;
}
