"""What `make quality` measures with: sets, figures, intervals and the scorers that stand beside ours."""
