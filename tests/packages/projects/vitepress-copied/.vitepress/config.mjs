const imports = {
  smoothgrad: '/smoothgrad/index.js',
  'smoothgrad/element': '/smoothgrad/element.js',
  'smoothgrad/train': '/smoothgrad/train.js',
};

export default {
  outDir: 'dist',
  head: [
    ['script', { type: 'importmap' }, JSON.stringify({ imports })],
    ['script', { type: 'module', src: '/main.js' }],
  ],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === 'smooth-grad' } } },
};
