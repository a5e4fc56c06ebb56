// What smoothgrad batch and its lanes, each on a thread of its own, say to each other.

import type { WireError } from '../../api/errors.js';
import type { BuildName } from '../../api/index.js';
import type { RunCommand } from '../explain_options.js';
import type { ModelFlags } from '../model_flags.js';
import type { Entry, Fields } from './entries.js';
import type { Outputs } from './outputs.js';

/** What every photo is explained with. */
export interface LaneSettings {
  command: RunCommand & ModelFlags & Outputs;
  build: BuildName | undefined;
  /** Where files go. */
  folder: string | undefined;
}

/** What a lane says first, or why it cannot begin. */
export type Opening = { model: string; build: BuildName; options: Fields; notes: readonly string[] } | { failed: WireError };

export type Job = Entry;

/** `content`: the photo's digest. */
export type Outcome = { content: string; result: Fields } | { failed: WireError; isOfAll: boolean };

export type Answer = Outcome & { id: string };
