create table if not exists orders (
    name text primary key,
    video text not null,
    prompt text not null,
    state text not null default 'new',
    task text,
    created timestamptz not null default now()
)
