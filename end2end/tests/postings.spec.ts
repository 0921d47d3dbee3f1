// « Importer des missions à l’étranger »: a file tried line by line, then drafts; with and without JavaScript.
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';

/** Of nobody: the municipality does not exist. */
const NIR = '1850575999017';

test('a team for a trade fair: tried, made drafts of, and not twice', { tag: ['@phone', '@no-script'] }, async ({ portal, member, page }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client, ['MOBILITE_INTERNATIONALE']);
    await portal.goto('/mobilite');
    await page.getByRole('link', { name: 'Importer un fichier' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Importer des missions à l’étranger' })).toBeVisible();
    await portal.awake();
    await portal.expectAccessible();
    await portal.expectFits();
    const send = async (lines: string[]) => {
        const text = ['Client;Nom;Prénoms;NIR;Pays;Du;Au', ...lines].join('\r\n');
        const buffer = Buffer.from(text, 'utf8');
        await page.getByLabel('Fichier de missions').setInputFiles({ name: 'salon.csv', mimeType: 'text/csv', buffer });
        await page.getByRole('button', { name: 'Contrôler le fichier' }).click();
    };
    await send(['a;b;c']);
    await expect(page.getByRole('heading', { level: 1, name: 'salon.csv' })).toBeVisible();
    await portal.goto('/mobilite/importer');
    const good = `${client.siren};Ormesson;Zoé;${NIR};Allemagne;01/03/2027;30/06/2027`;
    await send([good, `${client.siren};Ormesson;Zoé;${NIR};Martinique;01/09/2027;30/09/2027`]);
    const table = page.getByRole('table', { name: 'Résultat, ligne par ligne' });
    const line = (number: number) =>
        table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^(Ligne\\s*)?${number}$`) }) });
    await expect(line(2)).toContainText('Certificat A1');
    await expect(line(2)).toContainText('À compléter');
    await expect(line(3)).toContainText('Ce territoire relève de la Sécurité sociale française');
    expect(await page.content()).not.toContain(NIR.slice(0, 7));
    await portal.awake();
    await portal.expectAccessible();
    await portal.expectFits();
    await page.getByRole('button', { name: 'Créer le brouillon de la ligne valide' }).click();
    await expect(page.getByText('Les brouillons sont créés.')).toBeVisible();
    await expect(line(2)).toContainText('Demande existante');
    await portal.goto('/mobilite/importer');
    await send([good]);
    await expect(line(2)).toContainText('Demande existante');
    await expect(page.getByRole('button', { name: /^Créer/ })).toBeHidden();
    await line(2).getByRole('link', { name: 'Voir la demande' }).click();
    await expect(page.getByRole('heading', { level: 1, name: /Détachement, Allemagne/ })).toBeVisible();
    await page.getByRole('link', { name: 'Continuer le brouillon' }).click();
    await expect(page.getByRole('textbox', { name: 'Nom', exact: true })).toHaveValue('Ormesson');
});
