// CommonJS, which has no `import` but this one.
async function main() {
  const { createEngine } = await import('smoothgrad');
  const engine = await createEngine({ threads: 1 });
  console.log(engine.build);
  engine.close();
}

main();
