// What is typed wrong at « + Ajouter un compte »: each fault has its own sentence, which says how to put it right.
import * as identifiers from '../fixtures/identifiers.ts';
import { expect, test } from '../fixtures/test.ts';

const LABEL = 'Siren, Siret ou numéro de compte';
const siren = identifiers.siren();

const FAULTS: [what: string, typed: string, sentence: string][] = [
    ['nothing', '', 'Saisissez le Siren, le Siret ou le numéro de compte de votre client.'],
    ['spaces alone', ' \u00a0 ', 'Saisissez le Siren, le Siret ou le numéro de compte de votre client.'],
    ['a name', 'Boulangerie', 'Saisissez des chiffres : les 9 du Siren, les 14 du Siret, ou un numéro de compte.'],
    ['too few digits', siren.slice(0, 8), 'Il manque des chiffres : vous en avez saisi 8, un Siren en compte 9.'],
    ['too many digits', '1'.repeat(19), 'Il y a trop de chiffres : vous en avez saisi 19, le plus long numéro de compte en a 18.'],
    ['digits of no number', '1'.repeat(15), 'Vous avez saisi 15 chiffres. Un Siren en compte 9, un Siret 14, un numéro de compte 18.'],
    ['zeros', '0'.repeat(9), 'Ce numéro ne contient que des zéros. Saisissez celui de votre client.'],
    [
        'a mistyped Siren',
        identifiers.mistyped(siren),
        'Ce Siren comporte une erreur : sa clé de contrôle ne correspond pas. Vérifiez les 9 chiffres.',
    ],
    [
        'a mistyped Siret',
        identifiers.mistyped(identifiers.siret(siren)),
        'Ce Siret comporte une erreur : sa clé de contrôle ne correspond pas. Vérifiez les 14 chiffres.',
    ],
];

test('each fault has its own sentence, which leads to the field', { tag: '@no-script' }, async ({ portal, member }) => {
    await portal.signInAs(member);
    for (const [what, typed, sentence] of FAULTS) {
        await test.step(what, async () => {
            await portal.goto('/etablissements/ajouter');
            await portal.add.enrol(typed);
            await portal.add.problems.expectSummary(sentence);
            await expect(portal.add.problems.summary).toBeFocused();
            await portal.add.problems.expectField(LABEL, sentence);
            await expect(portal.add.identifier).toHaveValue(typed);
        });
    }
});

test('a mended number goes on', async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(identifiers.mistyped(siren));
    await expect(portal.add.problems.summary).toBeVisible();
    await portal.add.enrol(siren);
    await expect(portal.proof.heading).toBeVisible();
    await expect(page).not.toHaveTitle(/Erreur/);
});

test('every empty secret is told at once', { tag: '@no-script' }, async ({ portal, member }) => {
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(siren);
    await expect(portal.proof.heading).toBeVisible();
    await portal.proof.submit();
    await portal.proof.problems.expectSummary('Choisissez le statut de votre client.');
    await portal.proof.status('Employeur').check();
    await portal.proof.submit();
    await portal.proof.problems.expectSummary(
        'Saisissez le montant à payer déclaré sur la dernière déclaration.',
        'Saisissez le numéro de compte employeur.',
    );
    await portal.proof.status('Travailleur indépendant').check();
    await portal.proof.submit();
    await portal.proof.problems.expectSummary(
        'Saisissez le numéro de sécurité sociale.',
        'Saisissez le numéro de compte Indépendant.',
    );
});

test('each fault of a secret has its own sentence', async ({ portal, member }) => {
    const nir = identifiers.nir();
    const account = identifiers.accountNumber();
    await portal.signInAs(member);
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(siren);
    const { proof } = portal;
    for (const [typed, sentence] of [
        [nir.slice(1), 'Il manque des chiffres : vous en avez saisi 12, un numéro de sécurité sociale en compte 15 (13 sans la clé).'],
        [`${nir}${identifiers.nirKey(nir)}1`, 'Il y a trop de chiffres : vous en avez saisi 16, un numéro de sécurité sociale en compte 15.'],
        [
            identifiers.mistyped(nir + identifiers.nirKey(nir)),
            'Ce numéro de sécurité sociale comporte une erreur : sa clé (les 2 derniers chiffres) ne correspond pas.',
        ],
        [`5${nir.slice(1)}`, 'Ce numéro n’a pas la forme d’un numéro de sécurité sociale. Exemple : 2 55 08 14 168 025 38.'],
    ] as const) {
        await proof.selfEmployed(typed, account);
        await proof.problems.expectSummary(sentence);
    }
    for (const [amount, number, ...sentences] of [
        ['douze', account, 'Saisissez un montant en euros. Exemple : 1 234,50.'],
        ['12', '12345', 'Ce numéro de compte est trop court : 5 caractères au lieu de 12 à 18.'],
        ['12', '1'.repeat(19), 'Ce numéro de compte est trop long : 19 caractères au lieu de 12 à 18.'],
    ] as const) {
        await proof.employer(amount, number);
        await proof.problems.expectSummary(...sentences);
    }
});
