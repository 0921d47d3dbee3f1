// The whole way, at a portal that sends by a real mail server: from the invitation's message to a paper that a stranger checks.
import { beside, type Beside } from '../fixtures/beside.ts';
import { Firm } from '../fixtures/firm.ts';
import { arrive, invite, INVITATION, newAddress, openOnline } from '../fixtures/holder.ts';
import { linkOf, read } from '../fixtures/mail.ts';
import { CODE, download, oneSlip, twoSlips } from '../fixtures/paper.ts';
import * as registry from '../fixtures/registry.ts';
import { MailServer } from '../fixtures/smtp.ts';
import * as sweep from '../fixtures/sweep.ts';
import { expect, test as base } from '../fixtures/test.ts';

const FROM = 'portail@organisme.example';
const everywhere = { tag: ['@phone', '@no-script'] };

type Posted = { mails: MailServer; served: Beside };

/** Every test of this file has to do with the portal beside, and with the mail server that it sends by. */
const test = base.extend<{}, Posted>({
    mails: [
        async ({}, use) => {
            const server = await MailServer.start();
            await use(server);
            await server.stop();
            expect(server.complaints, 'what no client of a mail server says').toEqual([]);
        },
        { scope: 'worker' },
    ],
    served: [
        async ({ mails }, use, worker) => {
            const mail = { PORTAIL_MAIL: mails.address, PORTAIL_MAIL_FROM: `Portail de l’organisme <${FROM}>` };
            // Demonstrations have the places below.
            const served = await beside('posted', 1_000 + worker.workerIndex, mail);
            // What is sent is searched for secrets like everything else.
            mails.onTaken = ({ raw }) => {
                const { subject, text, html } = read(raw);
                served.keep('sent.txt', Buffer.from(`${raw}\n${subject}\n${text}\n${html}\n`).toString());
            };
            await use(served);
            await served.stop();
        },
        { scope: 'worker' },
    ],
    baseURL: ({ served }, use) => use(served.url),
    firm: async ({ served }, use) => use(await Firm.found(undefined, served.run)),
});

/** What went to this address, as the mail server has it. */
async function taken(mails: MailServer, to: string) {
    const those = () => mails.taken.filter((message) => message.to.includes(to));
    await expect.poll(() => those().length, { message: `a message to ${to}` }).toBe(1);
    return those()[0]!;
}

/** Fear: a message tells whoever reads it on the way what proves that an account is one's own. */
function expectNoSecret(client: registry.Client, said: string) {
    const secrets = client.rows.map((row) => `amount ${row.last_declared_amount ?? '1'}\nnir ${row.nir ?? '1'}`).join('\n');
    expect(sweep.found(said, sweep.read(secrets))).toEqual([]);
    const bare = said.replaceAll(/[\s\u00a0\u202f.-]/g, '');
    for (const row of client.rows) expect(bare.includes(row.account_number!), 'an account number is in the message').toBe(false);
}

test('from the invitation’s message to a paper that a stranger checks', everywhere, async ({ portal, member, firm, page, elsewhere, mails, served }) => {
    test.slow();
    const client = registry.employer({ establishments: 2 });
    const address = newAddress();
    await registry.registerAt(served.run, client);
    await portal.signInAs(member);
    await portal.enrol(client, ['Télécharger une attestation de vigilance']);
    await portal.list.confirmSaved();

    // What is no address is told, and nothing is sent there.
    await openOnline(portal, client);
    const before = mails.taken.length;
    await invite(portal, address.replace('@', ' à '));
    await expect(page.getByRole('alert')).toContainText('Saisissez une adresse électronique.');
    await portal.expectAccessible();
    await invite(portal, address);
    await expect(page.getByText('L’invitation est en route.')).toBeVisible();
    const message = await taken(mails, address);
    expect(mails.taken.slice(before)).toEqual([message]);
    // An address is greeted with in brackets (RFC 5321, section 4.1.3).
    expect(message).toMatchObject({ hello: `[${new URL(served.url).hostname}]`, from: FROM, to: [address] });
    expect(message.raw).toContain('Content-Type: multipart/alternative');
    const invitation = read(message.raw);
    expect(invitation.subject).toBe(INVITATION);
    for (const part of [invitation.text, invitation.html]) {
        for (const words of [firm.name, client.name, address, served.url + linkOf(invitation, served.url)]) expect(part).toContain(words);
        expectNoSecret(client, part);
    }
    // Nothing is loaded from anywhere when it is opened: nobody learns who reads it.
    expect(invitation.html).not.toMatch(/src=|url\(/i);

    const holder = await elsewhere();
    await arrive(holder, linkOf(invitation, served.url), address);
    await expect(holder.page.getByRole('heading', { level: 3, name: firm.name })).toBeVisible();
    await expect(holder.page.getByRole('main')).toContainText('Gère ce compte depuis le');
    await expect(holder.page.getByRole('main')).not.toContainText(member.name);
    // Whoever finds the message later is late.
    expect((await page.request.get(linkOf(invitation, served.url))).status()).toBe(404);
    await holder.page.getByRole('main').getByRole('link', { name: 'Attestation de vigilance' }).click();
    await expect(holder.page.getByText('Aucune attestation n’a encore été obtenue')).toBeVisible();
    await holder.expectAccessible();
    await holder.page.getByRole('button', { name: 'Obtenir l’attestation' }).click();
    await expect(holder.page.getByRole('status').filter({ hasText: 'L’attestation est délivrée' })).toBeVisible();
    const code = (await holder.page.getByText(CODE).textContent()) ?? '';
    const said = await download(holder.page.getByRole('link', { name: 'Télécharger' }));
    if (said !== undefined) {
        const siren = client.siren.replaceAll(/(\d{3})(?=\d)/g, '$1 ');
        const staff = ['24 salariés', '90 000,00 €', 'octobre 2026', '2 établissements'];
        for (const words of [client.name, siren, code, ...staff, `${served.url}/verification`]) expect(said).toContain(words);
        expectNoSecret(client, said);
    }
    await holder.expectAccessible();
    await holder.expectFits();

    // Its firm sees the same paper, and who fetched it.
    await portal.goto('/etablissements');
    await portal.list.pencil(client.name).click();
    await page.getByRole('link', { name: 'Attestations de ce client' }).click();
    await expect(page.getByRole('row').filter({ hasText: code })).toContainText('Le titulaire du compte');

    const stranger = await elsewhere();
    await stranger.goto('/verification');
    const check = async (typed: string) => {
        await stranger.page.getByRole('textbox', { name: 'Code de sécurité ou de vérification' }).fill(typed);
        await stranger.page.getByRole('button', { name: 'Vérifier' }).click();
    };
    await check(oneSlip(code));
    await expect(stranger.page.getByRole('alert')).toContainText('erreur de frappe');
    await expect(stranger.page.getByRole('main')).not.toContainText(client.name);
    await check(twoSlips(code));
    await expect(stranger.page.getByRole('heading', { level: 2, name: 'Aucun document ne porte ce code' })).toBeVisible();
    await expect(stranger.page.getByRole('main')).not.toContainText(client.name);
    await stranger.expectAccessible();
    await check(code);
    await expect(stranger.page.getByRole('heading', { level: 2, name: /est authentique, et valable jusqu’au/ })).toBeVisible();
    await expect(stranger.page.getByRole('main')).toContainText(client.name);
    await expect(stranger.page.getByRole('main')).toContainText('24\u{a0}salariés');
    expect(stranger.page.url()).not.toContain(code.slice(0, 5));
    await stranger.expectAccessible();
});

test('the message to somebody who is known by a social security number does not tell it', { tag: '@no-script' }, async ({ portal, member, page, mails, served }) => {
    const client = registry.selfEmployed();
    const address = newAddress();
    await registry.registerAt(served.run, client);
    await portal.signInAs(member);
    await portal.enrolQuietly(client);
    await openOnline(portal, client);
    await invite(portal, address);
    await expect(page.getByText('L’invitation est en route.')).toBeVisible();
    const { raw } = await taken(mails, address);
    const { subject, text, html } = read(raw);
    for (const part of [raw, subject, text, html]) expectNoSecret(client, part);
    await portal.goto(linkOf({ subject, text, html }, served.url));
    await expect(page.getByRole('heading', { level: 1, name: 'Créer mon compte' })).toBeVisible();
    expectNoSecret(client, await page.getByRole('main').innerText());
});
