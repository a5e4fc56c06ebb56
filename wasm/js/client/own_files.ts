// The package's own files, each by an address that bundlers know: they copy the file and put its new address in here. Relative to
// the package's root, where all of its modules lie once they are built. Functions, since a script of one piece has no
// `import.meta`: there the folder has to be given, and nothing may fail before.

/** The address of a file by its name from the package's root. */
export type OwnFiles = Readonly<Record<string, () => URL>>;
