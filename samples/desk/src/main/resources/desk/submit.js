// The form that submits a remix. It pays only what a dry run has shown before.

import { html, nothing } from './webjars/lit-html/lit-html.js';
import * as api from './api.js';
import { attempt, close } from './dialog.js';
import { credits } from './format.js';
import { change, go, store } from './store.js';

// Each form has one key, so that pressing the button twice pays once. randomUUID is missing where the page came without TLS.
const newKey = () => `desk-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;

export async function openForm(source) {
    const dialog = { kind: 'submit', source, models: [], plan: null, requestKey: newKey() };
    change({ dialog });
    try {
        dialog.models = await api.models();
    } catch (e) {
        dialog.error = e.message;
    }
    dialog.model = dialog.models.find(model => model.id === source.model) ?? dialog.models[0];
    change({});
}

const request = () => {
    const { source } = store.dialog;
    const fields = Object.fromEntries(new FormData(document.getElementById('remix')));
    return { account: source.account, sourceKey: source.key, ...fields };
};

const calculate = async event => {
    event.preventDefault();
    await attempt(async () => {
        const asked = request();
        const plan = await api.submit({ ...asked, dryRun: true });
        // The form may have been edited meanwhile.
        return { plan: JSON.stringify(request()) === JSON.stringify(asked) ? { asked, ...plan } : null };
    });
    // On a phone the answer is below the form.
    document.querySelector('#action footer')?.scrollIntoView({ block: 'nearest' });
};

const pay = () => attempt(async () => {
    const { plan, requestKey } = store.dialog;
    const task = await api.submit({ ...plan.asked, dryRun: false, requestKey });
    close();
    await go({ open: { account: task.account, key: task.key } });
}, true);

// The price was calculated for the request as it was.
const edited = event => {
    const { dialog } = store;
    dialog.plan = null;
    if (event.target.name === 'model') {
        dialog.model = dialog.models.find(model => model.id === event.target.value);
    }
    change({});
};

const choice = (name, label, values) => values?.length ? html`
    <label>${label}
        <select name=${name}><option value="">Default</option>${values.map(value => html`<option>${value}</option>`)}</select>
    </label>` : nothing;

const remaining = (name, sum, cost) => html`
    <li>${name}: ${credits(sum)} credits left${cost == null ? nothing : html`,
        <strong class=${sum < cost ? 'error' : ''}>${credits(sum - cost)}</strong> after it`}</li>`;

const balance = ({ balance: sum, unlimited }, cost) => sum == null
    ? html`<li>Balance: ${unlimited ? 'unlimited' : 'not known'}</li>` : remaining('Balance', sum, cost);

const planned = ({ credits: sum, left, problems }, account) => html`
    <div role="status" data-test="plan">
        <p>${sum == null ? 'The option creditPrices has no price of the model.'
        : html`The remix costs <strong>${credits(sum)} credits</strong>.`} Nothing was paid yet.</p>
        <ul>
            ${balance(store.summary.accounts.find(each => each.account === account), sum)}
            ${left.map(limit => remaining(
                `${credits(limit.credits)} in ${limit.window}${limit.tenant ? ` for ${limit.tenant}` : ''}`, limit.left, sum))}
            ${problems.map(problem => html`<li class="error">${problem}</li>`)}
        </ul>
    </div>`;

export function submitDialog(dialog) {
    const { source, model, models, plan, isBusy } = dialog;
    return html`
        <article>
            <h2>Remix <code>${source.taskId}</code></h2>
            ${dialog.error ? html`<p role="alert" class="error">${dialog.error}</p>` : nothing}
            <form id="remix" @submit=${calculate} @input=${edited}>
                <label>Prompt <textarea name="prompt" required rows="3" autofocus></textarea></label>
                <div class="grid">
                    <label>Model
                        <select name="model">
                            ${models.map(each => html`<option ?selected=${each === model}>${each.id}</option>`)}
                        </select>
                    </label>
                    ${choice('duration', 'Seconds', model?.durations)}
                    ${choice('ratio', 'Ratio', model?.ratios)}
                </div>
                ${model?.note ? html`<small class="muted">${model.note}</small>` : nothing}
            </form>
            ${plan ? planned(plan, source.account) : nothing}
            <footer>
                <button type="button" class="secondary" ?disabled=${dialog.isActing} @click=${close}>Leave it</button>
                <button form="remix" class=${plan ? 'outline' : ''} ?disabled=${isBusy}>Calculate the price</button>
                <button type="button" data-test="pay" ?disabled=${isBusy || !plan || plan.problems.length > 0} @click=${pay}>
                    ${plan?.credits != null ? `Pay ${credits(plan.credits)} credits` : 'Pay'}
                </button>
            </footer>
        </article>`;
}
