/** The folders of the packages that hold one photo model each, called as they are. */
export const modelLibraries: string[];
