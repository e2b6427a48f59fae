package io.github.camelsora.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One account, as the ledger and this JVM know it.
 *
 * @param account its name
 * @param baseUrls the services at which endpoints of this JVM use it; none when no endpoint does
 * @param counts its records by state
 * @param pauses its pauses
 * @param limits what is left of its limits of spending, as the endpoints of this JVM have them
 */
public record AccountInfo(
        String account,
        List<String> baseUrls,
        List<TaskCount> counts,
        List<AccountPause> pauses,
        List<SubmitPlan.LimitLeft> limits)
        implements JsonBody {
    /**
     * Copies the lists.
     *
     * @param account its name
     * @param baseUrls the services at which endpoints of this JVM use it
     * @param counts its records by state
     * @param pauses its pauses
     * @param limits what is left of its limits of spending
     */
    public AccountInfo {
        baseUrls = List.copyOf(baseUrls);
        counts = List.copyOf(counts);
        pauses = List.copyOf(pauses);
        limits = List.copyOf(limits);
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("account", account);
        map.put("baseUrls", baseUrls);
        map.put("counts", counts.stream().map(TaskCount::toMap).toList());
        map.put("pauses", pauses.stream().map(AccountPause::toMap).toList());
        map.put("limits", limits.stream().map(SubmitPlan.LimitLeft::toMap).toList());
        return map;
    }
}
