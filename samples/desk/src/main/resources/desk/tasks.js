// The search, the filters and the table of tasks.

import { html, nothing } from './webjars/lit-html/lit-html.js';
import { live } from './webjars/lit-html/directives/live.js';
import { repeat } from './webjars/lit-html/directives/repeat.js';
import { FOR_MANY, labelOf, openAction } from './actions.js';
import { count, duration, plural, price, secondsBetween, state, stateClass, time } from './format.js';
import { PAGE, change, go, idOf, now, shown, store } from './store.js';

const STATE_WORD = /(^|\s)state:\S+/i;

// Other words of the search stay.
const withState = name => {
    const rest = store.q.replace(STATE_WORD, '').trim();
    return name ? `state:${name.toLowerCase()} ${rest}`.trim() : rest;
};

const isShown = name => store.q.toLowerCase().split(/\s+/).includes(`state:${name.toLowerCase()}`);

const filter = (name, label, tasks) => {
    const isOn = name ? isShown(name) : !STATE_WORD.test(store.q);
    return html`
        <button type="button" class=${name ? stateClass(name) : 'state'} aria-pressed=${isOn ? 'true' : 'false'} data-state=${name}
            @click=${() => go({ q: withState(isOn ? '' : name) })}>${label} <b>${count(tasks)}</b></button>`;
};

export const filters = states => html`
    <div class="filters" role="group" aria-label="States">
        ${filter('', 'all', states.reduce((sum, each) => sum + each.tasks, 0))}
        ${states.map(each => filter(each.state, state(each.state), each.tasks))}
    </div>`;

const search = event => {
    event.preventDefault();
    go({ q: new FormData(event.target).get('q').trim() });
};

export const searchBox = () => html`
    <search>
        <form class="search" @submit=${search}>
            <input type="search" name="q" aria-label="Search" aria-describedby="search-help search-problem" .value=${store.q}
                aria-invalid=${store.found.problem ? 'true' : nothing}
                autocomplete="off" spellcheck="false" placeholder="order-17, or state:unknown older:1h">
            <button>Search</button>
        </form>
        <small id="search-help" class="muted">Part of a key or task id, and
            <code>state:</code> <code>account:</code> <code>tag:</code> <code>model:</code> <code>tenant:</code> <code>correlation:</code> <code>older:1h</code></small>
        ${store.found.problem ? html`<p id="search-problem" role="alert" class="error">${store.found.problem}</p>` : nothing}
    </search>`;

const selection = () => (store.isAllSelected ? { q: store.q } : { keys: [...store.selected.values()] });

// Tasks of other pages stay selected.
const select = (tasks, isOn) => {
    const selected = new Map(store.selected);
    for (const task of tasks) {
        if (isOn) {
            selected.set(idOf(task), { account: task.account, key: task.key });
        } else {
            selected.delete(idOf(task));
        }
    }
    change({ selected, isAllSelected: false });
};

const bulk = () => {
    const { selected, isAllSelected, found } = store;
    const chosen = isAllSelected ? found.total : selected.size;
    return html`
        <div class="bulk" role="group" aria-label="Actions for the selection">
            <span>${plural(chosen, 'task')} ${isAllSelected ? 'that match' : 'selected'}</span>
            ${!isAllSelected && store.q && found.total > found.tasks.length ? html`
                <button type="button" class="outline small" @click=${() => change({ isAllSelected: true })}>Select all ${count(found.total)} that match</button>` : nothing}
            ${FOR_MANY.map(action => html`
                <button type="button" class="small" data-bulk=${action} @click=${() => openAction(action, selection())}>${labelOf(action)}…</button>`)}
            <button type="button" class="outline small" @click=${() => change({ selected: new Map(), isAllSelected: false })}>Clear</button>
        </div>`;
};

const sortable = (field, label) => {
    const [by, isDescending] = [store.sort.replace('-', ''), store.sort.startsWith('-')];
    const order = by !== field ? 'none' : isDescending ? 'descending' : 'ascending';
    return html`
        <th scope="col" aria-sort=${order}>
            <button type="button" class="sort" @click=${() => go({ sort: by === field && isDescending ? field : `-${field}` })}>
                ${label}<span aria-hidden="true">${order === 'none' ? '' : isDescending ? ' ↓' : ' ↑'}</span></button>
        </th>`;
};

const left = task => {
    const seconds = secondsBetween(now(), task.expectedAt);
    return seconds > 0 ? `about ${duration(seconds)} left` : 'longer than expected';
};

const progress = task => task.state !== 'RUNNING' ? nothing : html`
    <progress aria-label="Progress of ${task.key}" value=${task.progress ?? nothing} max="100"></progress>
    ${task.expectedAt ? html`<small>${left(task)}</small>` : nothing}`;

// As the problem of videos that expire.
const EXPIRES_SOON_SECONDS = 7200;

const expiry = task => {
    const seconds = task.expiresAt ? secondsBetween(now(), task.expiresAt) : 0;
    const expiresSoon = ['ENDED', 'SET_ASIDE'].includes(task.state) && seconds > 0 && seconds < EXPIRES_SOON_SECONDS;
    return expiresSoon ? html`<small class="error">expires in ${duration(seconds)}</small>` : nothing;
};

// A click with Ctrl or Cmd is left to the browser, which opens another tab.
export const link = ({ account, key }) => html`
    <a href="?${new URLSearchParams({ account, key })}" @click=${event => {
        if (!event.metaKey && !event.ctrlKey) {
            event.preventDefault();
            go({ open: { account, key }, detail: null });
        }
    }}>${key}</a>`;

const about = ({ account, correlationId }) =>
    [store.summary.accounts.length > 1 && account, correlationId].filter(Boolean).join(', ');

const row = task => html`
    <tr>
        ${store.summary.writable ? html`
            <td class="pick"><input type="checkbox" aria-label="Select ${task.key}"
                .checked=${live(store.isAllSelected || store.selected.has(idOf(task)))}
                @change=${event => select([task], event.target.checked)}></td>` : nothing}
        <th scope="row" class="key">${link(task)}
            <small class="muted">${about(task)}</small></th>
        <td><span class=${stateClass(task.state)}>${state(task.state)}</span>
            ${progress(task)}${expiry(task)}
            ${task.failure ? html`<small class="failure" title=${task.failure}>${task.failure}</small>` : nothing}</td>
        <td data-label="Tag">${task.tag ?? ''}</td>
        <td data-label="Model">${task.model ?? ''}</td>
        <td data-label="Age" class="age"><span title=${time(task.createdAt)}>${duration(secondsBetween(task.createdAt, now()))}</span></td>
        <td data-label="Credits" class="number">${price(task)}</td>
    </tr>`;

const pager = ({ total, tasks }) => html`
    <nav class="pager" aria-label="Pages">
        <span>${shown()}</span>
        <button type="button" class="outline small" ?disabled=${store.offset === 0}
            @click=${() => go({ offset: Math.max(0, store.offset - PAGE) })}>Previous</button>
        <button type="button" class="outline small" ?disabled=${store.offset + tasks.length >= total}
            @click=${() => go({ offset: store.offset + PAGE })}>Next</button>
    </nav>`;

const isPageSelected = ({ tasks }) => tasks.length > 0
    && (store.isAllSelected || tasks.every(task => store.selected.has(idOf(task))));

export const table = found => html`
    ${store.selected.size || store.isAllSelected ? bulk() : nothing}
    <table class="tasks">
        <caption class="hidden">Tasks</caption>
        <thead>
            <tr>
                ${store.summary.writable ? html`
                    <td class="pick"><input type="checkbox" aria-label="Select this page" .checked=${live(isPageSelected(found))}
                        @change=${event => select(found.tasks, event.target.checked)}></td>` : nothing}
                <th scope="col">Key</th>
                <th scope="col">State</th>
                <th scope="col">Tag</th>
                <th scope="col">Model</th>
                ${sortable('created', 'Age')}
                ${sortable('price', 'Credits')}
            </tr>
        </thead>
        <tbody>${repeat(found.tasks, idOf, row)}</tbody>
    </table>
    ${pager(found)}`;
