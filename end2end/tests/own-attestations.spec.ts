// « Attestation de vigilance » of a client's own accounts: each by itself, fetched again, and refused with the reason in law.
import { invite, invited, INVITATION, openOnline } from '../fixtures/holder.ts';
import { linkOf, mail } from '../fixtures/mail.ts';
import { CODE, download } from '../fixtures/paper.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';
import type { Portal } from '../fixtures/portal.ts';

const everywhere = { tag: ['@phone', '@no-script'] };
const REFUSED = 'Aucune attestation ne peut être délivrée aujourd’hui';

async function openAttestations(holder: Portal) {
    await holder.goto('/mon-compte/attestations');
    await expect(holder.page.getByRole('heading', { level: 1, name: 'Attestation de vigilance' })).toBeVisible();
}

/** What the page shows of one account. */
const account = (holder: Portal, client: registry.Client) => holder.page.getByRole('region', { name: client.name });

test('of two accounts, the one in order has a paper and the other a reason', everywhere, async ({ portal, member, page, elsewhere }) => {
    const good = registry.employer();
    const owing = registry.selfEmployed();
    for (const row of owing.rows) row.up_to_date = '0';
    await registry.register(good, owing);
    await portal.signInAs(member);
    await portal.enrolQuietly(good);
    await portal.enrolQuietly(owing);
    const holder = await elsewhere();
    const address = await invited(portal, good, holder);
    await openOnline(portal, owing);
    await invite(portal, address);
    await expect(page.getByText('L’invitation est en route.')).toBeVisible();
    await holder.goto(linkOf(await mail(address, INVITATION, owing.name)));
    await holder.page.getByRole('button', { name: 'Le rattacher à mon compte' }).click();
    await expect(holder.page.getByText('Ce compte de cotisations a rejoint votre compte.')).toBeVisible();

    await holder.page.getByRole('main').getByRole('link', { name: 'Attestation de vigilance' }).click();
    const refused = account(holder, owing);
    await expect(refused).toContainText(REFUSED);
    await expect(refused).toContainText('articles L. 243-15 et D. 243-15 du code de la sécurité sociale');
    await expect(refused).toContainText('demandez un délai de paiement');
    await expect(refused.getByRole('button')).toHaveCount(0);
    await expect(refused.getByRole('link', { name: 'Télécharger' })).toHaveCount(0);
    await holder.expectAccessible();
    await holder.expectFits();
    // No service of the firm is needed for what is one's own.
    await account(holder, good).getByRole('button', { name: 'Obtenir l’attestation' }).click();
    await expect(holder.page.getByRole('status').filter({ hasText: 'L’attestation est délivrée' })).toBeVisible();
    await expect(account(holder, good).getByText(CODE)).toHaveCount(1);
    await expect(refused.getByText(CODE)).toHaveCount(0);
    await expect(refused).toContainText('Aucune attestation n’a encore été obtenue');
});

test('fetched twice it is one paper, another once the registry says other, and all of them stay', everywhere, async ({ portal, member, elsewhere }) => {
    test.slow();
    const client = registry.employer();
    const [row] = client.rows;
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client);
    const holder = await elsewhere();
    await invited(portal, client, holder);
    await openAttestations(holder);
    const obtain = holder.page.getByRole('button', { name: 'Obtenir l’attestation' });
    const delivered = holder.page.getByRole('status').filter({ hasText: 'L’attestation est délivrée' });
    const table = holder.page.getByRole('table', { name: 'Attestations délivrées' });
    const papers = table.getByRole('row').filter({ has: holder.page.getByText(CODE) });
    const codes = () => papers.getByText(CODE).allTextContents();
    await obtain.click();
    await expect(papers).toHaveCount(1);
    const [first] = await codes();
    await openAttestations(holder);
    await obtain.click();
    await expect(delivered).toBeVisible();
    await openAttestations(holder);
    expect(await codes()).toEqual([first]);

    row!.headcount = '13';
    await registry.register(client);
    await obtain.click();
    await expect(papers).toHaveCount(2);
    const [second, last] = await codes();
    expect(last).toBe(first);
    expect(second).not.toBe(first);
    for (const paper of await papers.all()) {
        await expect(paper).toContainText('Valable');
        await expect(paper).toContainText('Le titulaire du compte');
    }
    await holder.expectAccessible();
    await holder.expectFits();

    // Not in order any more since the page was opened: the button says so, and what was delivered says what it said.
    row!.up_to_date = '0';
    await registry.register(client);
    await obtain.click();
    await expect(holder.page.getByText('L’attestation n’a pas été délivrée.')).toBeVisible();
    await expect(holder.page.getByRole('main')).toContainText(REFUSED);
    await expect(obtain).toHaveCount(0);
    await expect(papers).toHaveCount(2);
    for (const [code, staff] of [[second!, '13 salariés'], [first!, '12 salariés']] as const) {
        const said = await download(papers.filter({ hasText: code }).getByRole('link', { name: 'Télécharger' }));
        if (said === undefined) continue;
        for (const words of [code, staff, client.name]) expect(said).toContain(words);
    }
    await holder.expectAccessible();
});

test('every reason is one of law, with what to do', everywhere, async ({ portal, member, elsewhere }) => {
    test.slow();
    const client = registry.employer();
    const [row] = client.rows;
    await registry.register(client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client);
    const holder = await elsewhere();
    await invited(portal, client, holder);
    const before = { ...row! };
    for (const [change, reason, advice] of [
        [{ up_to_date: '0' }, 'pas à jour de ses déclarations ou de ses paiements', 'délai de paiement'],
        [{ last_period: '', last_declared_amount: '' }, 'Aucune déclaration n’a encore été reçue', 'première DSN'],
        [{ state: registry.STATES.suspendu }, 'Aucun compte n’est actif', 'reprise de l’activité'],
        [{ state: registry.STATES.radié }, 'Tous les comptes sont radiés', 'réouverture du compte'],
    ] as const) {
        Object.assign(row!, before, change);
        await registry.register(client);
        await openAttestations(holder);
        const main = holder.page.getByRole('main');
        for (const words of [REFUSED, reason, '243-15 du code de la sécurité sociale', 'Que faire', advice]) {
            await expect(main).toContainText(words);
        }
        await expect(holder.page.getByRole('button', { name: 'Obtenir l’attestation' })).toHaveCount(0);
        await holder.expectAccessible();
    }
    Object.assign(row!, before);
    await registry.register(client);
    await openAttestations(holder);
    await expect(holder.page.getByRole('button', { name: 'Obtenir l’attestation' })).toBeVisible();
});
