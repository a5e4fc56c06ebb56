// What a data set costs on machines of some sizes, from the rate of one lane.

const hour = 3600;
const jpegBytes = 110e3;
const attributionBytes = 3 * 224 * 224 * 2;

const duration = (seconds) => (seconds < 2 * hour ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / hour).toFixed(1)} h`);
const rate = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB/s`;

/** Rows of Markdown: cores, time, photos a second, what is read and written a second. */
export function plan({ secondsPerPhoto, count = 50_000, cores = [1, 16, 256] }) {
  const rows = cores.map((n) => {
    const perSecond = n / secondsPerPhoto;
    const time = duration((count * secondsPerPhoto) / n);
    return `| ${n} | ${time} | ${perSecond.toFixed(perSecond < 10 ? 2 : 0)} | ${rate(perSecond * jpegBytes)} | ${rate(perSecond * attributionBytes)} |`;
  });
  return [
    `${count.toLocaleString('en')} photos are ${((count * secondsPerPhoto) / hour).toFixed(0)} core hours.`,
    '',
    '| cores | time | photos a second | read (110 KB a photo) | written (float16 attributions) |',
    '|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}
