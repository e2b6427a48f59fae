package desk;

import org.apache.camel.support.DefaultHeaderFilterStrategy;

/**
 * Which headers pass between HTTP and the routes: all but those of Camel. That of platform-http keeps back Cache-Control, too, and lets
 * Spring Boot write Transfer-Encoding twice, which nginx rejects.
 */
public final class HeaderFilter extends DefaultHeaderFilterStrategy {

    /** Creates it. */
    public HeaderFilter() {
        setLowerCase(true);
        setOutFilterStartsWith(CAMEL_FILTER_STARTS_WITH);
        getOutFilter().add("transfer-encoding");
        setInFilterStartsWith(CAMEL_FILTER_STARTS_WITH);
    }
}
