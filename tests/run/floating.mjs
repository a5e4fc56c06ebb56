// Prints each promise that is neither awaited nor handled, and exits with 1 if there is one. Biome's rule of that name knows no
// types of node_modules, of Node or of the DOM; TypeScript does.
import { relative } from 'node:path';
import { SyntaxKind } from 'typescript/unstable/ast';
import { API } from 'typescript/unstable/sync';
import { root } from '../../wasm/setup/paths.mjs';
import { projects } from './types.mjs';

const silent = [SyntaxKind.AwaitExpression, SyntaxKind.VoidExpression, SyntaxKind.BinaryExpression];

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

function statementsOf(file) {
  const found = [];
  const visit = (node) => {
    if (node.kind === SyntaxKind.ExpressionStatement && !silent.includes(node.expression.kind)) found.push(node.expression);
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

const found = new Set();
const api = new API({ cwd: root });
for (const { program, checker } of api.updateSnapshot({ openProjects: projects() }).getProjects()) {
  const ours = program.getSourceFileNames().filter((name) => name.startsWith(root) && !name.includes('/node_modules/'));
  for (const file of ours.map((name) => program.getSourceFile(name))) {
    const statements = statementsOf(file);
    const types = statements.length > 0 ? checker.getTypeAtLocation(statements) : [];
    for (const [i, expression] of statements.entries()) {
      if (!isPromise(types[i]) || isHandled(expression) || isAwaitedByRunner(expression, file)) continue;
      const line = file.text.slice(0, expression.end).split('\n').length;
      found.add(`${relative(root, file.fileName)}:${line}: this promise is neither awaited nor handled`);
    }
  }
}
api.close();
if (found.size > 0) {
  console.log([...found].join('\n'));
  process.exitCode = 1;
}
