// Where the site has what pages ask for first, from its root. By the names alone: the first script has to be small.

/** Put here by the build (plugin.ts). */
declare const EARLY_FILES: Readonly<Record<'builds' | 'models' | 'photos', Readonly<Record<string, string>>>>;

/** The engine's programs by their builds, networks and photos by their names. */
export const { builds, models, photos } = EARLY_FILES;
