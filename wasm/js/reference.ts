// What the build documents from the package's own tables; not part of the package.
export { customElements } from './reference/custom_elements.js';
export { declarations } from './reference/declarations.js';
export { markdown } from './reference/markdown.js';
