// In Node, without sharp: a photo of plain pixels; and the element, which a server that draws pages imports, too.
import { createEngine } from 'smoothgrad';
import 'smoothgrad/element';

const engine = await createEngine({ threads: 2 });
const model = await engine.loadModel('efficientnet-lite0');
const photo = { width: 8, height: 8, data: new Uint8Array(256).map((_, i) => i) };
let samples = 0;
for await (const progress of model.explain(photo, { samples: 2 })) samples = progress.samples;
const refusal = await model.classify('public/cat.webp').catch(({ code, message }) => `${code}: ${message}`);
console.log(JSON.stringify({ build: engine.build, samples, refusal }));
engine.close();
