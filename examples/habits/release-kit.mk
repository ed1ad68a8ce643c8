# Debian packages beside the targets of the project: `include release-kit.mk` in its Makefile.
RELEASE_KIT ?= release-kit
DEB_OUTPUT ?= out

.PHONY: deb deb-plan deb-check deb-release

# What would be built.
deb-plan:
	$(RELEASE_KIT) plan

# The packages, in clean machines.
deb:
	$(RELEASE_KIT) build --output $(DEB_OUTPUT)

# lintian, and a trial on clean systems.
deb-check: deb
	$(RELEASE_KIT) lint --output $(DEB_OUTPUT)
	$(RELEASE_KIT) smoke --output $(DEB_OUTPUT)

# All that a release does, but for the draft.
deb-release:
	$(RELEASE_KIT) release --dry-run
