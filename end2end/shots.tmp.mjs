import { chromium } from '@playwright/test';
const base='http://127.0.0.1:3444';
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox']});
const kinds=[['d',{viewport:{width:1280,height:900}}],['m',{viewport:{width:390,height:844}}],['k',{viewport:{width:1280,height:900},colorScheme:'dark'}]];
for (const [k,o] of kinds){
  const c=await b.newContext({...o,locale:'fr-FR'}); const p=await c.newPage();
  p.on('console',m=>{if(m.type()==='error')console.log(k,m.text())});
  await p.goto(base+'/mot-de-passe-oublie'); await p.screenshot({path:`/tmp/w/shots/${k}-oublie.png`,fullPage:true});
  await p.goto(base+'/invitation/'+'0'.repeat(64)); await p.screenshot({path:`/tmp/w/shots/${k}-lien.png`,fullPage:true});
  await p.goto(base+'/connexion'); await p.fill('#identifier','demo'); await p.fill('#password','demonstration-2026'); await p.click('button[type=submit]'); await p.waitForURL(/etablissements/);
  await p.screenshot({path:`/tmp/w/shots/${k}-liste.png`});
  for (const [n,u] of [['securite','/securite'],['mdp','/securite/mot-de-passe'],['appli','/securite/application'],['cabinet','/cabinet'],['inviter','/cabinet/inviter'],['journal','/cabinet/journal'],['confirmer','/connexion/confirmer?suite=/cabinet']]){
    await p.goto(base+u); await p.waitForSelector('html[data-hydrated]'); await p.screenshot({path:`/tmp/w/shots/${k}-${n}.png`,fullPage:true});
    const wide=await p.evaluate(()=>document.documentElement.scrollWidth-document.documentElement.clientWidth); if(wide>0)console.log(k,n,'too wide',wide);
  }
  await c.close();
}
await b.close();
