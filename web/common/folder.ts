// Files of folders that were dropped; a browser gives them entry by entry, and some hundred at a time.

/** More than anybody means to hand over. */
const most = 500;

const failable = <T>(start: (resolve: (value: T) => void, reject: (error: unknown) => void) => void) => new Promise<T>(start);

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const batch = await failable<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0 || all.length > most) return all;
    all.push(...batch);
  }
}

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await failable<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  const inside = await entriesOf(entry as FileSystemDirectoryEntry);
  return (await Promise.all(inside.map(filesIn))).flat();
}

/** Undefined where no folder was dropped. Has to be asked while the drop is handled. */
export function filesOfFolders(data: DataTransfer | null): Promise<File[]> | undefined {
  const entries = [...(data?.items ?? [])].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  if (!entries.some(({ isDirectory }) => isDirectory)) return undefined;
  return Promise.all(entries.map(filesIn)).then((files) => files.flat().slice(0, most));
}
