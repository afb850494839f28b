namespace RevOps.Bench;

/// <summary>What <c>-- pricing --help</c> prints: the contract of its cases.</summary>
internal static class PricingHelp
{
    public const string Text = """
        pricing                 measures the engine's bounds
        pricing --case FILE     answers a JSON array of cases, [{"id": …, "method": …, inputs}], with [{"id": …, results}]
        pricing --help          this

        A case that is wrong is answered with {"id", "error"}, the error naming the field; then the exit code is 1. Numbers are JSON numbers; money in any
        one unit. All fields are needed unless a default is given.

        classes: array, dearest fare first, of {"fare", "demand", "mean", "sd"}
          fare      > 0, never above the fare before it
          demand    "normal" or "poisson"; default: normal where sd is given, else poisson
          mean      places asked for, >= 0
          sd        standard deviation, >= 0, normal only
        Demand comes low fare first and independent between classes. Normal demand below 0 counts as 0; in whole places k stands for k - 1/2 to k + 1/2.

        littlewood, emsrA, emsrB
          in   classes (littlewood: exactly two; the demand of the last class is not used for the levels), capacity (whole, optional)
          out  protectionLevels: level j = places kept for classes 1..j together, j = 1 to one less than classes; not whole with normal demand,
               the least y with P(D <= y) >= 1 - ratio with poisson; 0 at least, and a level never below the one before
               with capacity: bookingLimits, one per class (capacity, capacity - level 1, …), and value: exact expected revenue of the levels,
               each rounded to whole places
        nestedDp
          in   classes (one or more), capacity (whole), step (default 1: whole places; below 1, normal demand only: nearer the continuous optimum)
          out  value: expected revenue, protectionLevels, bookingLimits (as above), bidPrice: worth of the last place before anything is sold
        overbooking
          in   capacity (whole), showProbability (> 0, <= 1), costDenied (> 0, of one turned away at the door), costEmpty (> 0, of one empty place)
          out  limit: the least x >= capacity with P(shows of x bookings >= capacity) >= costEmpty / (costEmpty + costDenied), shows binomial;
               expectedDenied, expectedEmpty, expectedCost when so many have booked
        gallegoVanRyzin
          in   rate a, sensitivity alpha (requests per unit of time a·exp(-alpha·price)), stock (whole), time (>= 0), points (whole, optional)
          out  value, price now, deterministicBound (no policy earns more), pricesByStock (1, 2, … places left, now; 1,000 at most),
               path with points: [{"timeLeft", "price"}] while nothing is sold
        runOut
          in   curve "exponential" (default; rate·exp(-sensitivity·price)), "linear" (rate - sensitivity·price) or
               "logit" (market / (1 + exp(sensitivity·price - intercept))); rate or market per unit of time, stock, time, unitCost (default 0)
          out  price: the greater of runOutPrice (demand over the time = stock; null where demand never reaches it) and unconstrainedPrice;
               demand: sold until time ends, value: (price - unitCost)·demand
        logit
          in   intercept, sensitivity (> 0), unitCost (default 0), market (default 1), stock and time (optional; time default 1)
          out  price = unitCost + (1 + W(exp(intercept - sensitivity·unitCost - 1))) / sensitivity, W Lambert's; demand, value;
               with stock as runOut
        """;
}
