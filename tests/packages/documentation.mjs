// Tools that make documentation, each with its project and the pages that have a map. Their snippets are on the site's page about them
// (web/docs/tools.md), taken from these very files.

const packages = ['node_modules/smoothgrad', 'node_modules/smoothgrad-efficientnet-lite0', 'public/cat.webp'];
const copiedTo = (folder) => ['cp', '-r', ...packages, folder];

export const documentation = [
  {
    name: 'sphinx',
    python: ['sphinx==9.0.4', 'myst-parser==5.1.0'],
    overlay: ['sphinx'],
    build: [['mkdir', '_static'], copiedTo('_static/'), ['sphinx-build', '-q', '-W', '.', 'dist']],
    pages: ['index.html', 'myst.html'],
  },
  {
    name: 'mkdocs-plain',
    python: ['mkdocs==1.6.1'],
    overlay: ['mkdocs', 'mkdocs-plain'],
    build: [copiedTo('docs/'), ['mkdocs', 'build', '--quiet']],
    pages: ['map.html'],
  },
  {
    name: 'nbconvert',
    python: ['nbconvert==7.17.2', 'ipykernel==7.4.0'],
    overlay: ['notebook'],
    build: [
      ['mkdir', 'dist'],
      ['jupyter-nbconvert', '--to', 'html', '--execute', '--output-dir', 'dist', 'map.ipynb', '--log-level', 'ERROR'],
      copiedTo('dist/'),
    ],
    pages: ['map.html'],
  },
];
