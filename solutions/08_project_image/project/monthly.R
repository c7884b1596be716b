# Write the mean weather of each month, in metric units, beside the table of days.

days <- read.csv("weather.csv")
days$temperature_c <- (days$temperature_f - 32) * 5 / 9
days$wind_ms <- days$wind_mph * 0.44704
measured <- days[c("temperature_c", "wind_ms", "solar")]
months <- aggregate(measured, by = list(month = days$month), FUN = mean)
months[-1] <- lapply(months[-1], function(value) sprintf("%.2f", value))
write.csv(months, "monthly_r.csv", row.names = FALSE)
print(months)
