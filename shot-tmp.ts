import { openBrowser } from '/work/main/tests/browser/browser.ts';
const [,, role, path, out, w='1440', h='900', lang='zh'] = process.argv;
const b = await openBrowser();
const ctx = await b.newContext({ viewport: { width: +w, height: +h } });
const page = await ctx.newPage();
page.on('console', m => { if (m.type()==='error') console.log('console:', m.text().slice(0,200)); });
page.on('response', r => { if (r.status()>=400) console.log(r.status(), r.url().slice(0,150)); });
const base='http://127.0.0.1:3111';
if (role!=='-') {
  const people=(await (await fetch(base+'/api/demonstration')).json()).people;
  const p=people.find(x=>x.role.en===role);
  const r=await ctx.request.post(base+'/api/demonstration/sign-in',{data:{person:p.id},headers:{'x-hengjian':'1'}});
  console.log(p.name, r.status());
}
await page.goto(base+path); await page.waitForTimeout(2500);
await page.screenshot({ path: out, fullPage: false });
await b.close();
