# The yardstick of statistics.ts: the same four pieces of work in plain R, vectorised, on the data that statistics.ts wrote.
# Rscript statistics.R FOLDER ROUNDS; prints one line of JSON with processor seconds per round and results to compare.
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
rounds <- as.integer(arguments[2])
settings <- read.csv(file.path(folder, "settings.csv"))

processor <- function() sum(proc.time()[c("user.self", "sys.self")])

numbers <- function(name) {
  path <- file.path(folder, name)
  readBin(path, "double", n = file.size(path) / 8)
}

timed <- function(work) {
  seconds <- numeric(rounds)
  for (round in seq_len(rounds)) {
    gc(FALSE)
    start <- processor()
    result <- work()
    seconds[round] <- processor() - start
  }
  list(seconds = seconds, result = result)
}

plans <- read.csv(file.path(folder, "plans.csv"))
qualities <- numbers("qualities.bin")
curves <- timed(function() {
  total <- 0
  for (row in seq_len(nrow(plans))) total <- total + sum(pbinom(plans$ac[row], plans$n[row], qualities))
  total
})

monteCarlo <- timed(function() {
  trials <- settings$trials
  mass <- rnorm(trials, 100000, 0.050)
  added <- rnorm(trials, 1.234, 0.020)
  air <- runif(trials, 1.10, 1.30)
  weight <- runif(trials, 7000, 9000)
  reference <- runif(trials, 7950, 8050)
  y <- (mass + added) * (1 + (air - 1.2) * (1 / weight - 1 / reference)) - 100000
  c(mean(y), sd(y), quantile(y, c(0.025, 0.975)))
})

counts <- numbers("counts.bin")
expected <- numbers("expected.bin")
prior <- numbers("prior.bin")
shrinkage <- timed(function() {
  first <- prior[5] * dnbinom(counts, size = prior[1], prob = prior[2] / (prior[2] + expected))
  second <- (1 - prior[5]) * dnbinom(counts, size = prior[3], prob = prior[4] / (prior[4] + expected))
  share <- first / (first + second)
  sum(exp(share * (digamma(prior[1] + counts) - log(prior[2] + expected)) +
    (1 - share) * (digamma(prior[3] + counts) - log(prior[4] + expected))))
})

grid <- matrix(numbers("grid.bin"), nrow = settings$areas, byrow = TRUE)
zones <- matrix(as.double(readBin(file.path(folder, "zones.bin"), "raw", n = settings$zones * settings$areas)),
  nrow = settings$zones, byrow = TRUE)
scan <- local({
  areas <- nrow(grid)
  periods <- ncol(grid)
  longest <- settings$longest
  total <- sum(grid)
  windows <- (periods - longest + 1):periods
  tails <- function(counts) t(apply(counts[, windows], 1, function(row) rev(cumsum(rev(row)))))
  expectation <- outer(as.vector(zones %*% rowSums(grid)), rev(cumsum(rev(colSums(grid)[windows])))) / total
  largest <- function(counts) {
    inside <- zones %*% tails(counts)
    more <- which(inside > expectation)
    c <- inside[more]
    e <- expectation[more]
    outside <- total - c
    max(c * log(c / e) + ifelse(outside > 0, outside * log(outside / (total - e)), 0))
  }
  areaOf <- rep(seq_len(areas), rowSums(grid))
  periodOf <- rep(seq_len(periods), colSums(grid))
  start <- processor()
  observed <- largest(grid)
  maxima <- numeric(settings$replicates)
  for (replicate in seq_len(settings$replicates)) {
    cell <- areaOf + (sample(periodOf) - 1L) * areas
    maxima[replicate] <- largest(matrix(tabulate(cell, areas * periods), nrow = areas))
  }
  list(seconds = processor() - start,
    result = c(observed, (1 + sum(maxima >= observed)) / (1 + settings$replicates)))
})

list_of <- function(values) paste0("[", paste(format(values, digits = 15), collapse = ","), "]")
part <- function(name, done) {
  paste0("\"", name, "\":{\"seconds\":", list_of(done$seconds), ",\"result\":", list_of(unname(done$result)), "}")
}
cat("{\"version\":\"", R.version.string, "\",", part("curves", curves), ",", part("monteCarlo", monteCarlo), ",",
  part("shrinkage", shrinkage), ",", part("scan", scan), "}\n", sep = "")
