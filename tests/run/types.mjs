// What TypeScript says: every project is right by itself (wasm/js has one for each kind of place that it runs in), and no
// promise is left floating.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../../wasm/setup/paths.mjs';
import { run } from '../../wasm/setup/run.mjs';

const tsc = join(root, 'node_modules/typescript/bin/tsc');
const rooms = join(root, 'wasm/js');

const projects = () => [
  join(root, 'tsconfig.json'),
  ...readdirSync(rooms, { recursive: true })
    .filter((name) => /(^|\/)tsconfig[^/]*\.json$/.test(name))
    .map((name) => join(rooms, name)),
];

export const runTsc = (...options) => run(process.execPath, [tsc, '--pretty', 'false', ...options], { mayFail: true });

/** Resolves to { code, output } of all projects together. */
export async function checkTypes() {
  const results = [];
  for (const project of projects()) results.push(await runTsc('-p', project, '--noEmit'));
  const wrong = results.filter(({ code }) => code !== 0);
  return { code: wrong.length, output: [...new Set(wrong.flatMap(({ output }) => output.split('\n')))].join('\n') };
}

/** Whether a chain of calls takes care of a rejection: `.catch(f)` or `.then(f, g)`, with or without `.finally`. */
function isHandled(expression) {
  const method = expression.expression?.name?.text;
  const given = expression.arguments?.length ?? 0;
  if (method === 'finally') return isHandled(expression.expression.expression);
  return (method === 'catch' && given > 0) || (method === 'then' && given > 1);
}

/** Node's own runner awaits what its `test` and `describe` return. */
const isAwaitedByRunner = (expression, file) =>
  /^(test|describe|before|after)$/.test(expression.expression?.text) && file.text.includes("from 'node:test'");

const isPromise = (type) =>
  type?.isUnionType() ? type.getTypes().some(isPromise) : /^Promise(Like)?$/.test(type?.getSymbol()?.name);

/** Biome's rule of this name knows no types of node_modules, of Node or of the DOM; TypeScript does. Resolves to { code, output }. */
export async function noFloatingPromises() {
  const [{ API }, { SyntaxKind: kind }] = await Promise.all([
    import('typescript/unstable/sync'),
    import('typescript/unstable/ast'),
  ]);
  const silent = [kind.AwaitExpression, kind.VoidExpression, kind.BinaryExpression];
  const found = new Set();
  const api = new API({ cwd: root });
  try {
    for (const { program, checker } of api.updateSnapshot({ openProjects: projects() }).getProjects()) {
      const ours = program.getSourceFileNames().filter((name) => name.startsWith(root) && !name.includes('/node_modules/'));
      for (const file of ours.map((name) => program.getSourceFile(name))) {
        const statements = [];
        const visit = (node) => {
          if (node.kind === kind.ExpressionStatement && !silent.includes(node.expression.kind))
            statements.push(node.expression);
          node.forEachChild(visit);
        };
        visit(file);
        const types = statements.length > 0 ? checker.getTypeAtLocation(statements) : [];
        for (const [i, expression] of statements.entries()) {
          if (!isPromise(types[i]) || isHandled(expression) || isAwaitedByRunner(expression, file)) continue;
          const line = file.text.slice(0, expression.end).split('\n').length;
          found.add(`${relative(root, file.fileName)}:${line}: this promise is neither awaited nor handled`);
        }
      }
    }
  } finally {
    api.close();
  }
  return { code: found.size, output: [...found].join('\n') };
}
