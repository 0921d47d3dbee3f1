// The card's steps 2 to 5, for every kind of client, to the letter.
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';
import { ABROAD, EMAIL, ONLINE } from '../pages/services.ts';

const everywhere = { tag: ['@phone', '@no-script'] };

test('an employer, by its Siren', everywhere, async ({ portal, member, page }) => {
    const client = registry.employer({ establishments: 3 });
    await registry.register(client);
    await portal.signInAs(member);

    await portal.list.add();
    await expect(portal.add.heading).toBeVisible();
    await portal.add.enrol(client.siren);

    await expect(portal.proof.heading).toBeVisible();
    // Before the proof nobody learns whose account it is.
    await expect(page.getByText(client.name)).toBeHidden();
    await portal.proof.employer(client.amount, client.account);

    await expect(portal.services.heading).toBeVisible();
    await expect(page.getByText(client.name).first()).toBeVisible();
    await expect(portal.services.group(ONLINE)).toBeVisible();
    await expect(portal.services.group(EMAIL)).toBeVisible();
    // Nothing is ticked on the accountant's behalf.
    await expect(portal.services.ticked()).toHaveCount(0);
    await portal.services.service(ABROAD).check();
    await portal.services.save();

    await portal.list.confirmSaved();
    await expect(portal.list.row(client.name)).toBeVisible();
    await expect(portal.list.row(client.name)).toContainText('Régime Général');
});

test('an employer, by the Siret of an establishment', async ({ portal, member }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(client.siret);
    await portal.proof.prove(client);
    await portal.services.save();
    await portal.list.confirmSaved();
    await expect(portal.list.row(client.name)).toBeVisible();
});

test('an employer with several accounts, by any one of them', async ({ portal, member }) => {
    const client = registry.employer({ establishments: 4 });
    await registry.register(client);
    const third = client.rows[2]!;
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(client.siren);
    await portal.proof.employer(third.last_declared_amount!, third.account_number!);
    await expect(portal.services.heading).toBeVisible();
});

for (const auto of [false, true]) {
    test(`a self-employed person${auto ? ', auto-entrepreneur' : ''}`, everywhere, async ({ portal, member }) => {
        const client = registry.selfEmployed({ auto });
        await registry.register(client);
        await portal.signInAs(member);
        await portal.enrol(client, [ABROAD]);
        await portal.list.confirmSaved();
        await expect(portal.list.row(client.name)).toContainText('Travailleur Indépendant');
    });
}

test('a gérant majoritaire, by the account number', everywhere, async ({ portal, member, page }) => {
    const client = registry.manager();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(client.account);
    await expect(portal.proof.heading).toBeVisible();
    // The account number was typed already; there is no Siren to choose a status for.
    await expect(page.getByRole('radio')).toHaveCount(0);
    await portal.proof.manager(client.nir);
    await portal.services.save();
    await portal.list.confirmSaved();
    await expect(portal.list.row(client.name)).toBeVisible();
});

test('numbers typed as papers write them', async ({ portal, member }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(client.siren.replace(/(...)(...)/, '$1\u00a0$2\u202f'));
    await portal.proof.employer(`${client.amount.replace(/^(.)(...)(...)/, '$1 $2 $3')} €`, client.account.replace(/(...)/g, '$1 '));
    await expect(portal.services.heading).toBeVisible();
});

test('both schemes of one Siren, one after the other', async ({ portal, member }) => {
    const employer = registry.employer();
    const craftsman = registry.selfEmployed({ siren: employer.siren, name: employer.name });
    await registry.register(employer, craftsman);
    await portal.signInAs(member);
    await portal.enrol(employer);
    await portal.list.confirmSaved();

    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(craftsman.siren);
    await expect(portal.add.problems.summary).toContainText('Ce client est déjà dans votre portefeuille (Comptes Régime Général).');
    await portal.add.enrolOther();
    await portal.proof.prove(craftsman);
    await portal.services.save();
    await portal.list.confirmSaved();
    await expect(portal.list.row(employer.name)).toHaveCount(2);
});

test('« Tout cocher » and « Tout décocher » keep to their list', { tag: '@no-script' }, async ({ portal, member }) => {
    const client = registry.employer();
    await registry.register(client);
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(client.siren);
    await portal.proof.prove(client);
    const { services } = portal;
    await expect(services.heading).toBeVisible();
    const boxes = (group: string) => services.group(group).getByRole('checkbox');
    const ticked = (group: string) => services.group(group).getByRole('checkbox', { checked: true });

    await services.tickAll(ONLINE);
    await expect(ticked(ONLINE)).toHaveCount(await boxes(ONLINE).count());
    await expect(ticked(EMAIL)).toHaveCount(0);
    await services.tickAll(EMAIL);
    await services.untickAll(ONLINE);
    await expect(ticked(ONLINE)).toHaveCount(0);
    await expect(ticked(EMAIL)).toHaveCount(await boxes(EMAIL).count());
    await services.save();
    await portal.list.confirmSaved();

    await portal.list.pencil(client.name).click();
    // Counted once they are there.
    await expect(boxes(EMAIL).first()).toBeVisible();
    await expect(ticked(EMAIL)).toHaveCount(await boxes(EMAIL).count());
    await expect(ticked(ONLINE)).toHaveCount(0);
});

test('each kind is offered its own services', async ({ portal, member }) => {
    const employer = registry.employer();
    const person = registry.selfEmployed();
    await registry.register(employer, person);
    await portal.signInAs(member);
    for (const [client, has, hasNot] of [
        [employer, 'Déclarer une embauche (DPAE)', 'Consulter l’échéancier'],
        [person, 'Consulter l’échéancier', 'Déclarer une embauche (DPAE)'],
    ] as const) {
        await portal.goto('/etablissements/ajouter');
        await portal.add.enrol(client.siren);
        await portal.proof.prove(client);
        await expect(portal.services.service(has)).toBeVisible();
        await expect(portal.services.service(hasNot)).toHaveCount(0);
        await expect(portal.services.service(ABROAD)).toBeVisible();
    }
});
