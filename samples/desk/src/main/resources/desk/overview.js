// What stands above the table: the money of each account, and the problems with their cures.

import { html, nothing } from './webjars/lit-html/lit-html.js';
import { open } from './actions.js';
import { count, credits, duration, secondsBetween } from './format.js';
import { go, now, store } from './store.js';

const limit = ({ limit: name, tenant, held, left }) => html`
    <label class="limit"><span>${name}${tenant ? ` for ${tenant}` : ''}</span><span>${credits(left)} left</span>
        <progress value=${held} max=${held + Math.max(0, left) || 1}></progress>
    </label>`;

const CAUSES = { KEY_REJECTED: 'Key refused', NO_CREDITS: 'Out of credits' };

// What the service said stands among the problems.
const pause = each => html`
    <p class="pause"><strong>${CAUSES[each.cause] ?? 'Paused'}</strong> for ${duration(secondsBetween(each.pausedAt, now()))}${
        CAUSES[each.cause] ? '' : ` by ${each.actor}: ${each.reason}`}</p>`;

const figure = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const balance = each => {
    if (each.balance == null) {
        return each.unlimited ? 'unlimited' : html`<span title=${each.balanceError ?? ''}>not known</span>`;
    }
    return credits(each.balance);
};

const account = each => html`
    <article class="account" aria-label="Account ${each.account}">
        <header>
            <h3>${each.account}</h3>
            <span class=${each.pauses.length ? 'badge bad' : 'badge good'}>${each.pauses.length ? 'paused' : 'running'}</span>
            ${store.summary.writable ? html`
                <button type="button" class="outline small" @click=${() => open(each.pauses.length ? 'resume' : 'pause', { account: each.account })}>
                    ${each.pauses.length ? 'Resume' : 'Pause'}…</button>` : nothing}
        </header>
        <dl class="figures">
            ${figure('Balance', balance(each))}
            ${figure('Spent today', credits(each.spentToday))}
            ${figure('This month', credits(each.spentThisMonth))}
            ${each.queued ? figure('Waiting to be sent', count(each.queued)) : nothing}
        </dl>
        ${each.pauses.map(pause)}
        ${each.limits.map(limit)}
    </article>`;

export const money = accounts => html`
    <section aria-labelledby="money-title">
        <h2 id="money-title">Credits</h2>
        <div class="accounts">${accounts.map(account)}</div>
    </section>`;

const cure = problem => {
    if (problem.cure === 'resume') {
        return html`<button type="button" class="small" @click=${() => open('resume', { account: problem.account })}>Resume…</button>`;
    }
    if (problem.cure === 'release') {
        return html`<button type="button" class="small" @click=${() => open('release', { q: problem.query })}>Release all…</button>`;
    }
    return nothing;
};

const show = problem => problem.query ? html`
    <button type="button" class="outline small" @click=${() => go({ q: problem.query, sort: problem.sort ?? '-created' })}>Show</button>` : nothing;

export const problems = list => list.length ? html`
    <section aria-labelledby="problems-title">
        <h2 id="problems-title">Problems</h2>
        <ul class="problems">
            ${list.map(problem => html`
                <li class="problem" data-kind=${problem.kind}>
                    <div><strong>${problem.text}</strong>${problem.hint ? html`<br><span>${problem.hint}</span>` : nothing}</div>
                    <div class="actions">${show(problem)}${store.summary.writable ? cure(problem) : nothing}</div>
                </li>`)}
        </ul>
    </section>` : html`<p class="no-problems"><span class="badge good">No problems</span></p>`;
