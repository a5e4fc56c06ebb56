export default {
  outDir: 'dist',
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === 'smooth-grad' } } },
};
