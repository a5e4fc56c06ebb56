// `npm start`: from a fresh clone to the served site. PORT names another port than 8080.
import { main, say } from '../setup/say.mjs';
import { setUp } from '../setup/setup.mjs';
import { serve } from './serve.mjs';
import { buildSite } from './site.mjs';

await main(async () => {
  await setUp();
  await buildSite();
  const { address } = await serve({ port: Number(process.env.PORT ?? 8080) });
  say('The site is at');
  console.log(`\n  ${address}\n`);
  say('Ctrl-C ends it');
});
