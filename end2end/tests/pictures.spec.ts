// Takes the pictures of the help page and the README: `make pictures`. Not a test: it looks at nothing.
import { resolve } from 'node:path';
import { Firm } from '../fixtures/firm.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';
import { ABROAD } from '../pages/services.ts';

const folder = resolve(import.meta.dirname, '..', '..', 'style', 'public', 'aide');

test('the six steps', { tag: '@pictures' }, async ({ portal, page }) => {
    test.slow();
    const take = async (name: string) => {
        await page.mouse.move(0, 0);
        await page.screenshot({ path: resolve(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
    };
    const bakery = registry.employer({ name: 'Boulangerie Émile', siren: '732829320', establishments: 2 });
    const others = [
        registry.employer({ name: 'Atelier Perrin' }),
        registry.selfEmployed({ name: 'Léa Œuvrard' }),
        registry.manager({ name: 'Jean Lefèvre' }),
        registry.employer({ name: 'Garage du Lac', establishments: 3 }),
        registry.selfEmployed({ name: 'Noé Chevalier', auto: true }),
        registry.employer({ name: 'Maison Duval', state: 'radié' }),
        registry.employer({ name: 'Librairie des Quais' }),
    ];
    await registry.register(bakery, ...others);

    const member = await (await Firm.found('Cabinet Martin')).member('Claire Martin');

    await portal.goto('/connexion');
    await portal.signIn.identifier.fill('claire.martin@cabinet.example');
    await take('connexion');
    await portal.signInAs(member);
    for (const [place, client] of others.entries()) {
        await portal.enrolQuietly(client, ['ATT_VIGILANCE', 'MAIL_MESSAGE', 'COMPTE_SITUATION'].slice(0, place % 4));
    }
    await portal.goto('/etablissements/ajouter');
    await portal.add.identifier.fill('732 829 320');
    await take('ajouter');
    await portal.add.enrol(bakery.siren);
    await portal.proof.status('Employeur').check();
    await portal.proof.amount.fill('1 234,50');
    await portal.proof.employerAccount.fill(bakery.account.replace(/(...)(?!$)/g, '$1 '));
    await take('mandat');
    await portal.proof.submit();
    await portal.services.service(ABROAD).check();
    await portal.services.service('Télécharger une attestation de vigilance').check();
    await page.evaluate(() => scrollTo(0, 0));
    await take('services');
    await portal.services.save();
    await portal.list.confirmSaved();
    await expect(portal.list.row(bakery.name)).toBeVisible();
    await take('liste');
    await portal.list.pencil('Maison Duval').click();
    await portal.client.terminate();
    await expect(portal.client.answer('OK')).toBeVisible();
    await take('resilier');
});
