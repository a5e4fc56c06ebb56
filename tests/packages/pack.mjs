// Before all tests: what they install. Each of their processes packing for itself would take the files from under the others.
export { pack as default } from './project.mjs';
